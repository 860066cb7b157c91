// SPDX-License-Identifier: LGPL-2.1-or-later
// Mono's end of serial.sh: reads the files that ours wrote in the current directory with the DataContractSerializer (data-N) and
// the XmlSerializer (item-N), and writes what it got: data-N.mono.xml, data-N.mono.bin, item-N.mono.xml, item-N.mono.bin.
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using System.Text;
using System.Xml;
using System.Xml.Serialization;

[DataContract(Namespace = "urn:test:data")]
public enum Color
{
    [EnumMember(Value = "red"), XmlEnum("red")] Red,
    [EnumMember(Value = "green"), XmlEnum("green")] Green,
    [EnumMember(Value = "dark blue"), XmlEnum("dark-blue")] DarkBlue
}

[DataContract(Namespace = "urn:test:data"), KnownType(typeof(Circle)), KnownType(typeof(Ring))]
public class Shape
{
    [DataMember(Order = 0)] public string Name;
    [DataMember(Order = 1)] public int Sides;
}

[DataContract(Namespace = "urn:test:data")]
public class Circle : Shape
{
    [DataMember] public double Radius;
}

[DataContract(Namespace = "urn:test:data")]
public class Ring : Circle
{
    [DataMember] public float Inner;
}

[DataContract(Namespace = "urn:test:data")]
public class Data
{
    [DataMember(Order = 0)] public bool Flag;
    [DataMember(Order = 1)] public sbyte Byte;
    [DataMember(Order = 2)] public byte UnsignedByte;
    [DataMember(Order = 3)] public short Short;
    [DataMember(Order = 4)] public ushort UnsignedShort;
    [DataMember(Order = 5)] public int Int;
    [DataMember(Order = 6)] public uint UnsignedInt;
    [DataMember(Order = 7)] public long Long;
    [DataMember(Order = 8)] public ulong UnsignedLong;
    [DataMember(Order = 9)] public float Float;
    [DataMember(Order = 10)] public double Double;
    [DataMember(Order = 11)] public decimal Decimal;
    [DataMember(Order = 12)] public DateTime When;
    [DataMember(Order = 13)] public Guid Id;
    [DataMember(Order = 14)] public Color Color;
    [DataMember(Order = 15)] public string Text;
    [DataMember(Order = 16)] public byte[] Bytes;
    [DataMember(Order = 17)] public int? MaybeInt;
    [DataMember(Order = 18)] public DateTime? MaybeWhen;
    [DataMember(Order = 19)] public int[] Ints;
    [DataMember(Order = 20)] public string[] Strings;
    [DataMember(Order = 21)] public double[] Doubles;
    [DataMember(Order = 22)] public Shape Shape;
    [DataMember(Order = 23)] public Shape[] Shapes;
}

public class Money
{
    [XmlAttribute("currency")] public string Currency;
    [XmlText] public decimal Amount;
}

[XmlRoot("Item", Namespace = "urn:test:item")]
public class Item
{
    [XmlAttribute("id")] public int Id;
    [XmlAttribute("label")] public string Label;
    [XmlElement("name")] public string Name;
    [XmlElement("price")] public Money Price;
    [XmlElement("flag")] public bool Flag;
    [XmlElement("small")] public sbyte Small;
    [XmlElement("unsignedSmall")] public byte UnsignedSmall;
    [XmlElement("short")] public short Short;
    [XmlElement("unsignedShort")] public ushort UnsignedShort;
    [XmlElement("unsignedInt")] public uint UnsignedInt;
    [XmlElement("long")] public long Long;
    [XmlElement("unsignedLong")] public ulong UnsignedLong;
    [XmlElement("float")] public float Float;
    [XmlElement("double")] public double Double;
    [XmlElement("when")] public DateTime When;
    [XmlElement("color")] public Color Color;
    [XmlElement("maybe", IsNullable = true)] public int? Maybe;
    [XmlElement("data")] public byte[] Bytes;
    [XmlElement("number")] public List<int> Numbers = new List<int>();
    [XmlElement("money")] public List<Money> Moneys = new List<Money>();
    [XmlArray("words"), XmlArrayItem("word", IsNullable = true)] public string[] Words;
    [XmlElement("left", typeof(int)), XmlElement("right", typeof(string))] public object Choice;
}

public static class Peer
{
    static void Copy(XmlDictionaryReader reader, XmlDictionaryWriter writer, bool data)
    {
        if (data)
        {
            var serializer = new DataContractSerializer(typeof(Data));
            serializer.WriteObject(writer, serializer.ReadObject(reader));
        }
        else
        {
            var serializer = new XmlSerializer(typeof(Item));
            serializer.Serialize(writer, serializer.Deserialize(reader));
        }
        writer.Flush();
    }

    public static int Main()
    {
        int failures = 0, files = 0;
        foreach (string path in Directory.GetFiles("."))
        {
            string name = Path.GetFileName(path), stem = name.Split('.')[0];
            bool binary = name == stem + ".bin", data = stem.StartsWith("data");
            if (!binary && name != stem + ".xml") continue;
            files++;
            try
            {
                var input = new MemoryStream(File.ReadAllBytes(path));
                var output = new MemoryStream();
                var quotas = XmlDictionaryReaderQuotas.Max;
                Copy(binary ? XmlDictionaryReader.CreateBinaryReader(input, quotas) : XmlDictionaryReader.CreateTextReader(input, quotas),
                     binary ? XmlDictionaryWriter.CreateBinaryWriter(output) : XmlDictionaryWriter.CreateTextWriter(output, new UTF8Encoding(false)),
                     data);
                File.WriteAllBytes(stem + (binary ? ".mono.bin" : ".mono.xml"), output.ToArray());
            }
            catch (Exception e)
            {
                failures++;
                Console.WriteLine("FAILED: {0}: {1}", name, e);
            }
        }
        Console.WriteLine("Mono: {0} files, {1} failures", files, failures);
        return failures != 0 || files == 0 ? 1 : 0;
    }
}
