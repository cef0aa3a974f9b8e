// llama.cpp, by node-llama-cpp, behind the part of OpenAI's protocol that Rehearse speaks.
// node server.mjs FOLDER-WITH-node_modules MODEL.gguf [PORT]: prints its address when it is ready, then a line when a
// connection is made, one when it ends, and one for each request.
import http from "node:http";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const [folder, path, port] = process.argv.slice(2);
const module = createRequire(folder + "/package.json").resolve("node-llama-cpp");
const {getLlama} = await import(pathToFileURL(module).href);
const llama = await getLlama({gpu: false, build: "never", progressLogs: false, logLevel: "error"});
const model = await llama.loadModel({modelPath: path, gpuLayers: 0});

async function answer(request, response) {
	console.log("request");
	const parts = [];
	for await (const part of request) parts.push(part);
	const asked = JSON.parse(Buffer.concat(parts).toString());
	const context = await model.createContext({contextSize: 2048, threads: 1});
	const sequence = context.getSequence();
	const prompt = asked.messages.map((message) => `${message.role}: ${message.content}`).join("\n");
	let left = asked.max_tokens ?? 64;
	response.writeHead(200, {"Content-Type": "text/event-stream"});
	const put = (delta, reason) => response.write("data: " + JSON.stringify({
		object: "chat.completion.chunk", choices: [{index: 0, delta, finish_reason: reason}],
	}) + "\n\n");
	put({role: "assistant", content: null}, null);
	try {
		const tokens = model.tokenize(prompt).slice(-1500);
		for await (const token of sequence.evaluate(tokens, {temperature: asked.temperature ?? 0})) {
			if (left-- <= 0 || response.destroyed) break;
			put({content: model.detokenize([token])}, null);
		}
		put({}, left < 0 ? "length" : "stop");
		response.end("data: [DONE]\n\n");
	} finally {
		await context.dispose();
	}
}

const server = http.createServer((request, response) => {
	if (request.method !== "POST" || !request.url.endsWith("/v1/chat/completions")) {
		response.writeHead(404, {"Content-Type": "application/json"});
		response.end(JSON.stringify({error: {message: "no such address"}}));
		return;
	}
	answer(request, response).catch((error) => {
		if (!response.headersSent) response.writeHead(500, {"Content-Type": "application/json"});
		response.end(JSON.stringify({error: {message: String(error)}}));
	});
});
server.on("connection", (socket) => {
	console.log("connection");
	socket.on("close", () => console.log("closed"));
});
server.listen(Number(port ?? 0), "127.0.0.1", () => console.log("http://127.0.0.1:" + server.address().port));
