// SPDX-License-Identifier: LGPL-2.1-or-later
// WCF as a peer: `peer.exe serve PORT BINDING...` until its input ends, each binding on a port of its own from PORT on;
// `peer.exe call PORT BINDING...` calls everything, and says for each binding how it went.
using System;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Text;
using System.Threading;

[ServiceBehavior(InstanceContextMode = InstanceContextMode.Single, ConcurrencyMode = ConcurrencyMode.Multiple,
                 IncludeExceptionDetailInFaults = true)]
class Service : ICalculator, ITicker
{
    int sum;

    // The one that takes its time is for calls that overlap. Mono runs those of one session one after the other.
    public int Add(int a, int b)
    {
        if (a == -1000) Thread.Sleep(200);
        return a + b;
    }
    public int Divide(int a, int b)
    {
        if (b == 0) throw new FaultException<DivisionByZero>(new DivisionByZero { Dividend = a }, "division by zero");
        return a / b;
    }
    public Record Echo(Record record) { return record; }
    public void Notify(int number) { Interlocked.Add(ref sum, number); }
    public int Notified() { return sum; }
    public void Start(int count)
    {
        ITick caller = OperationContext.Current.GetCallbackChannel<ITick>();
        for (int i = 1; i <= count; i++) caller.Tick(i);
    }
}

class Ticks : ITick
{
    public int Sum, Count;
    public AutoResetEvent Came = new AutoResetEvent(false);
    public void Tick(int number) { Sum += number; Count++; Came.Set(); }
}

static class Peer
{
    static int passed, failed;

    static void Check(string what, bool good)
    {
        if (good) passed++;
        else { failed++; Console.WriteLine("failed: " + what); }
    }

    static Binding MakeBinding(string name)
    {
        Encoding utf8 = new UTF8Encoding(false);
        switch (name)
        {
        case "basic": return new BasicHttpBinding();
        case "ws": return new WSHttpBinding(SecurityMode.None);
        case "ws2004":
            return new CustomBinding(new TextMessageEncodingBindingElement(
                MessageVersion.CreateVersion(EnvelopeVersion.Soap12, AddressingVersion.WSAddressingAugust2004), utf8),
                new HttpTransportBindingElement());
        case "binary":
            return new CustomBinding(new BinaryMessageEncodingBindingElement(), new HttpTransportBindingElement());
        case "tcp":
        case "ticks": return new NetTcpBinding(SecurityMode.None);
        case "tcpstream": return new NetTcpBinding(SecurityMode.None) { TransferMode = TransferMode.Streamed };
        case "tcptext":
            return new CustomBinding(new TextMessageEncodingBindingElement(MessageVersion.Soap12WSAddressing10, utf8),
                                     new TcpTransportBindingElement());
        case "tcputf16":
            return new CustomBinding(new TextMessageEncodingBindingElement(MessageVersion.Soap12WSAddressing10, Encoding.Unicode),
                                     new TcpTransportBindingElement());
        }
        throw new ArgumentException("no such binding: " + name);
    }

    static void Serve(string binding, string url)
    {
        ServiceHost host = new ServiceHost(new Service(), new Uri(url));
        host.AddServiceEndpoint(binding == "ticks" ? typeof(ITicker) : typeof(ICalculator), MakeBinding(binding), url);
        host.Open();
    }

    static void CallEcho(ICalculator service, int round)
    {
        Record record = new Record
        {
            Id = round, Name = "n\u00e4me <" + round + "> \u20ac", Big = long.MaxValue - round, Real = round / 3.0, Flag = round % 2 == 1,
            When = new DateTime(2024, 2, 29, 12, 30, 15, 250, DateTimeKind.Utc).AddDays(round), Data = new byte[round * 100],
            Numbers = new Numbers()
        };
        for (int i = 0; i < record.Data.Length; i++) record.Data[i] = (byte)(i * 7);
        for (int i = 0; i < round; i++) record.Numbers.Add(i * i - 5);
        Record back = service.Echo(record);
        Check("Echo", back.Id == record.Id && back.Name == record.Name && back.Big == record.Big && back.Real == record.Real &&
              back.Flag == record.Flag && back.When.ToUniversalTime() == record.When && back.Data.Length == record.Data.Length &&
              back.Numbers.Count == record.Numbers.Count);
        bool same = true;
        for (int i = 0; i < record.Data.Length; i++) same &= back.Data[i] == record.Data[i];
        for (int i = 0; i < record.Numbers.Count; i++) same &= back.Numbers[i] == record.Numbers[i];
        Check("Echo content", same);
    }

    static void CallDivide(ICalculator service)
    {
        Check("Divide", service.Divide(17, 5) == 3);
        try
        {
            service.Divide(17, 0);
            Check("Divide by zero", false);
        }
        catch (FaultException<DivisionByZero> fault)
        {
            Check("detail", fault.Detail.Dividend == 17);
            Check("reason '" + fault.Message + "'", fault.Message == "division by zero");
        }
    }

    static void CallNotify(ICalculator service)
    {
        int before = service.Notified(), sum = 0;

        for (int i = 1; i <= 4; i++) service.Notify(i);
        for (int i = 0; i < 250 && (sum = service.Notified()) != before + 10; i++) Thread.Sleep(20);
        Check("Notify", sum == before + 10);
    }

    static void Call(string binding, string url)
    {
        ChannelFactory<ICalculator> factory = new ChannelFactory<ICalculator>(MakeBinding(binding), new EndpointAddress(url));
        for (int session = 0; session < 2; session++)
        {
            ICalculator service = factory.CreateChannel();
            for (int i = 0; i < 4; i++) Check("Add", service.Add(i, 5) == i + 5);
            for (int i = 0; i < 4; i++) CallEcho(service, 3 * i);
            CallDivide(service);
            Check("Add after a fault", service.Add(-2, 5) == 3);
            // Mono's streamed client waits for an answer to one-way calls too, where the framing has only an end record. (Against
            // a service of Mono it does not even get to its second call, as that closes the connection after the first.)
            if (binding != "tcpstream") CallNotify(service);
            ((IClientChannel)service).Close();
        }
        factory.Close();
    }

    static void CallTicker(string url)
    {
        Ticks ticks = new Ticks();
        DuplexChannelFactory<ITicker> factory = new DuplexChannelFactory<ITicker>(new InstanceContext(ticks), MakeBinding("ticks"),
                                                                                  new EndpointAddress(url));
        ITicker ticker = factory.CreateChannel();
        ticker.Start(5);
        while (ticks.Count < 5 && ticks.Came.WaitOne(5000)) { }
        Check("Tick", ticks.Count == 5 && ticks.Sum == 15);
        ((IClientChannel)ticker).Abort();      // Mono's Close() waits for its own receiving thread, with a service of Mono as well
        factory.Abort();
    }

    static int Main(string[] args)
    {
        int total = 0, port = int.Parse(args[1]);

        for (int i = 2; i < args.Length; i++, port++)
        {
            string binding = args[i], url = (binding[0] == 't' ? "net.tcp" : "http") + "://127.0.0.1:" + port + "/service";
            passed = failed = 0;
            try
            {
                if (args[0] == "serve") Serve(binding, url);
                else if (binding == "ticks") CallTicker(url);
                else Call(binding, url);
            }
            catch (Exception e)
            {
                Check(e.ToString(), false);
            }
            if (args[0] != "serve") Console.WriteLine("{0}: {1} passed, {2} failed", binding, passed, failed);
            total += failed;
        }
        if (args[0] == "serve")
        {
            Console.WriteLine("ready");
            while (Console.In.ReadLine() != null) { }
        }
        Environment.Exit(total == 0 ? 0 : 1);       // at once: the hosts' Close() waits for its timeout
        return 1;
    }
}
