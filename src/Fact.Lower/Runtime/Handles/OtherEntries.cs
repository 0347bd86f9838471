using Fact.Ir;
using static Fact.Ir.CoreValType;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>
/// What the host keeps in the tables of instances beside handles of resources: waitables, waitable sets, error contexts share their indices. The host says of which kind
/// an entry is, and gives it a value, both of its own choice.
/// </summary>
internal sealed class OtherEntries(RuntimeCode s, Entries entries, uint instances)
{
    /// <summary>Writes <c>entry-add</c>, <c>entry-kind</c>, <c>entry-value</c> and <c>entry-remove</c>.</summary>
    public void Write()
    {
        WriteAdd();
        WriteKind();
        WriteValue("entry-value");
        WriteValue("entry-remove");
    }

    private void WriteAdd()
    {
        var type = RuntimeCode.Type(3, 1);
        s.Start(type, "instance", "kind", "value");
        s.Builder.Get(entries.Add(Instance(), Tag(), 0, new LocalId(2)));
        s.Export("entry-add", type);
    }

    /// <summary>The kind of an entry; 0 where there is none, −1 for a handle of a resource.</summary>
    private void WriteKind()
    {
        var b = s.Builder;
        var type = RuntimeCode.Type(2, 1);
        s.Start(type, "instance", "index");
        var instance = Instance();
        var tag = b.Local(I32, "tag");
        b.Get(new(1));
        s.Load(instance, Length);
        b.Op(PlainOp.I32GeU);
        b.If(CoreFuncType.Empty);
        b.I32(0);
        b.Op(PlainOp.Return);
        b.End();
        entries.Address(instance, new(1));
        b.Access(MemoryOp.I32Load, new(RuntimeLayout.Tag, 2), s.Memory);
        b.Tee(tag);
        b.I32(0);
        b.Op(PlainOp.I32GtS);
        b.If(CoreFuncType.Empty);
        b.I32(-1);
        b.Op(PlainOp.Return);
        b.End();
        b.Get(tag);
        b.I32(int.MaxValue);
        b.Op(PlainOp.I32And);
        s.Export("entry-kind", type);
    }

    /// <summary>The value of an entry, which must be of a kind.</summary>
    private void WriteValue(string name)
    {
        var b = s.Builder;
        var type = RuntimeCode.Type(3, 1);
        LocalId index = new(2);
        s.Start(type, "instance", "kind", "index");
        var instance = Instance();
        var entry = entries.Find(instance, index, Tag());
        s.LoadRep(entry, I32);
        if (name == "entry-remove")
            entries.Remove(instance, index, entry);
        s.Export(name, type);
    }

    /// <summary>The address of the instance that the first parameter says.</summary>
    private LocalId Instance()
    {
        var b = s.Builder;
        b.Get(new(0));
        b.I32((int)instances);
        b.Op(PlainOp.I32GeU);
        s.TrapIf(TrapCode.UnknownTable);
        b.Get(new(0));
        b.I32((int)InstanceLog2);
        b.Op(PlainOp.I32Shl);
        b.I32((int)Instances);
        b.Op(PlainOp.I32Add);
        return b.SetNew(I32, "at");
    }

    /// <summary>The tag for the kind that the second parameter says.</summary>
    private LocalId Tag()
    {
        var b = s.Builder;
        b.Get(new(1));
        b.I32(unchecked((int)OtherKind));
        b.Op(PlainOp.I32Or);
        return b.SetNew(I32, "tag");
    }
}
