using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Value;

/// <summary>Writes the arms of a variant: the target's discriminant where it differs from the source's, the payload, zeros for the slots left over.</summary>
internal readonly struct ArmWriter(
    Scope s,
    AbiType.Variant from,
    in Source sourcePayload,
    AbiType.Variant to,
    in Target target,
    in Target targetPayload,
    CoreValType[] targetFlat,
    CoreFuncType type,
    Arms arms,
    LocalId discriminant)
{
    private readonly Source sourcePayload = sourcePayload;
    private readonly Target target = target;
    private readonly Target targetPayload = targetPayload;

    public Scope Scope => s;

    /// <summary>What each arm leaves on the operand stack.</summary>
    public CoreFuncType Type => type;

    /// <summary>Whether an arm writes nothing at all.</summary>
    public bool IsEmpty(int arm) => arms.SameNumbers && targetFlat.Length <= 1 && from.Cases[arms.FirstCase[arm]] is null;

    public LocalId Discriminant => discriminant;

    public void Write(int arm)
    {
        int sourceCase = arms.FirstCase[arm];
        int targetCase = arms.NumberOf[sourceCase];
        if (!arms.SameNumbers)
            WriteNumber(targetCase);
        int written = 1;
        if (from.Cases[sourceCase] is { } payload)
        {
            Enter(sourceCase);
            Translate.Value(s, payload, sourcePayload, to.Cases[targetCase]!, targetPayload);
            s.Leave();
            if (!target.InMemory)
                written += to.Cases[targetCase]!.For(target.Side.Ptr.Type).FlatTypes!.Length;
        }
        for (int i = written; i < targetFlat.Length; i++)
            Operand.Zero(s, target.Slots![target.First + i]);
    }

    private void WriteNumber(int number)
    {
        byte align = (byte)(to.DiscriminantSize >> 1);
        Operand.Begin(s, target, align);
        s.Code.I32(number);
        Operand.End(s, target, Variants.StoreOp(to.DiscriminantSize), align, CoreValType.I32);
    }

    private void Enter(int number)
    {
        switch (from.Flavor)
        {
            case VariantFlavor.Option:
                s.Enter("option some");
                break;
            case VariantFlavor.Result:
                s.Enter(number == 0 ? "result ok" : "result error");
                break;
            case VariantFlavor.Variant or VariantFlavor.Enum:
                s.Enter("variant case", from.Names[number]);
                break;
        }
    }
}
