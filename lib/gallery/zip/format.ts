/** Numbers of the ZIP format (PKWARE APPNOTE 6.3, section 4.3). A field that holds the largest value refers to its ZIP64 counterpart. */
export const signatures = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const;
export const largest16 = 0xffff;
export const largest32 = 0xffffffff;
