// SPDX-License-Identifier: LGPL-2.1-or-later
// The calculator service by npm soap, SOAP 1.1 at /calculator and SOAP 1.2 at /calculator12:  server.js MODULES WSDL PORT
const fs = require("fs"), http = require("http"), soap = require(process.argv[2] + "/soap");

function fault(text, v12) {
    return v12 ? { Fault: { Code: { Value: "soap:Sender" }, Reason: { Text: text } } }
               : { Fault: { faultcode: "soap:Client", faultstring: text } };
}

function service(v12) {
    const operations = {
        Add: args => ({ result: args.a + args.b }),
        Subtract: args => ({ result: args.a - args.b }),
        Multiply: args => ({ result: args.a * args.b }),
        Divide: args => { if (!args.b) throw fault("no division by zero", v12); return { result: Math.trunc(args.a / args.b) }; },
    };
    return { CalculatorService: new Proxy({}, { get: () => operations }) };
}

const wsdl = fs.readFileSync(process.argv[3], "utf8");
const server = http.createServer((request, response) => { response.statusCode = 404; response.end(); });
server.listen(+process.argv[4], "127.0.0.1", () => {
    soap.listen(server, { path: "/calculator", services: service(false), xml: wsdl });
    soap.listen(server, { path: "/calculator12", services: service(true), xml: wsdl, forceSoap12Headers: true });
    console.log("ready");
});
