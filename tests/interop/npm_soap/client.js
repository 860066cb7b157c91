// SPDX-License-Identifier: LGPL-2.1-or-later
// npm soap as the client of the calculator service:  client.js MODULES WSDL PORT
const soap = require(process.argv[2] + "/soap");
let passed = 0, failed = 0;

function check(name, got, want) {
    if (got === want) passed++;
    else { failed++; console.log(`failed: ${name}: ${got} instead of ${want}`); }
}

async function outcome(client, name, a, b) {
    try { return (await client[name + "Async"]({ a, b }))[0].result; }
    catch (error) { return "fault: " + error.message; }
}

(async () => {
    for (const [path, v12] of [["calculator", false], ["calculator12", true]]) {
        const client = await soap.createClientAsync(process.argv[3], { forceSoap12Headers: v12,
            endpoint: `http://127.0.0.1:${process.argv[4]}/${path}` });
        for (let round = 0; round < 3; round++) {
            check(path + " Add", await outcome(client, "Add", 2, 3), 5);
            check(path + " Subtract", await outcome(client, "Subtract", -2147483648, -2147483647), -1);
            check(path + " Multiply", await outcome(client, "Multiply", -7, 6), -42);
            check(path + " Divide by 0", (await outcome(client, "Divide", 1, 0)).toString().startsWith("fault: "), true);
            check(path + " overflow", (await outcome(client, "Add", 2147483647, 1)).toString().startsWith("fault: "), true);
        }
    }
    console.log(`${passed} passed, ${failed} failed`);
})().catch(error => { console.log(error.stack); console.log(`${passed} passed, ${failed + 1} failed`); });
