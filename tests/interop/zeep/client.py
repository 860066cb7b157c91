# SPDX-License-Identifier: LGPL-2.1-or-later
# python3-zeep as the client of the calculator service, from its WSDL:  client.py WSDL PORT
import sys
import zeep

passed = failed = 0


def check(name, got, want):
    global passed, failed
    if got == want:
        passed += 1
    else:
        failed += 1
        print("failed: %s: %r instead of %r" % (name, got, want))


def outcome(call, *args):
    try:
        return call(*args)
    except zeep.exceptions.Fault as fault:
        return "fault: " + fault.message


client = zeep.Client(sys.argv[1])
for binding, path in (("Calculator", "calculator"), ("Calculator12", "calculator12")):
    service = client.create_service("{http://calculator.example/}" + binding, "http://127.0.0.1:%s/%s" % (sys.argv[2], path))
    for round in range(3):
        check(path + " Add", outcome(service.Add, 2, 3), 5)
        check(path + " Subtract", outcome(service.Subtract, -2147483648, -2147483647), -1)
        check(path + " Multiply", outcome(service.Multiply, -7, 6), -42)
        check(path + " Divide", outcome(service.Divide, 7, 2), 3)
        check(path + " Divide by 0", "divided by zero" in str(outcome(service.Divide, 1, 0)), True)
        check(path + " overflow", str(outcome(service.Add, 2147483647, 1)).startswith("fault: "), True)
print("%d passed, %d failed" % (passed, failed))
