// SPDX-License-Identifier: LGPL-2.1-or-later
// The contract of wcf.wsdl as WCF has it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using System.ServiceModel;

static class Names
{
    public const string Ns = "http://wcf.example/";
}

[CollectionDataContract(Name = "Numbers", ItemName = "number", Namespace = Names.Ns)]
public class Numbers : List<int> { }

[DataContract(Name = "Record", Namespace = Names.Ns)]
public class Record
{
    [DataMember(Name = "id", Order = 0)] public int Id;
    [DataMember(Name = "name", Order = 1)] public string Name;
    [DataMember(Name = "big", Order = 2)] public long Big;
    [DataMember(Name = "real", Order = 3)] public double Real;
    [DataMember(Name = "flag", Order = 4)] public bool Flag;
    [DataMember(Name = "when", Order = 5)] public DateTime When;
    [DataMember(Name = "data", Order = 6)] public byte[] Data;
    [DataMember(Name = "numbers", Order = 7)] public Numbers Numbers;
}

[DataContract(Name = "DivisionByZero", Namespace = Names.Ns)]
public class DivisionByZero
{
    [DataMember(Name = "dividend")] public int Dividend;
}

[ServiceContract(Name = "Calculator", Namespace = Names.Ns)]
public interface ICalculator
{
    [OperationContract(Action = Names.Ns + "Add", ReplyAction = Names.Ns + "AddResponse")]
    [return: MessageParameter(Name = "result")]
    int Add(int a, int b);

    [OperationContract(Action = Names.Ns + "Divide", ReplyAction = Names.Ns + "DivideResponse")]
    [FaultContract(typeof(DivisionByZero), Action = Names.Ns + "DivideFault", Name = "DivisionByZero", Namespace = Names.Ns)]
    [return: MessageParameter(Name = "result")]
    int Divide(int a, int b);

    [OperationContract(Action = Names.Ns + "Echo", ReplyAction = Names.Ns + "EchoResponse")]
    [return: MessageParameter(Name = "record")]
    Record Echo(Record record);

    [OperationContract(Action = Names.Ns + "Notify", IsOneWay = true)]
    void Notify(int number);

    [OperationContract(Action = Names.Ns + "Notified", ReplyAction = Names.Ns + "NotifiedResponse")]
    [return: MessageParameter(Name = "sum")]
    int Notified();
}

// The service calls back before it replies.
[ServiceContract(Name = "Ticker", Namespace = Names.Ns, CallbackContract = typeof(ITick), SessionMode = SessionMode.Required)]
public interface ITicker
{
    [OperationContract(Action = Names.Ns + "Start", IsOneWay = true)]
    void Start(int count);
}

public interface ITick
{
    [OperationContract(Action = Names.Ns + "Tick", IsOneWay = true)]
    void Tick(int number);
}
