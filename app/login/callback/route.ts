export { GET } from "@/app/api/auth/callback/huggingface/route";
