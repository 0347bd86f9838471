using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;
using Fact.Lower.Passes;

namespace Fact.Lower.Select;

/// <summary>Writes the arms of a variant: the payload, then zeros for the slots that it leaves over.</summary>
internal readonly struct ArmWriter
{
    private readonly Scope s;
    private readonly Source sourcePayload;
    private readonly Target target;
    private readonly Target targetPayload;

    public ArmWriter(Scope s, Copy.Cases copy, in Source sourcePayload, in Target target, in Target targetPayload, LocalId discriminant)
    {
        (this.s, Copy, Discriminant) = (s, copy, discriminant);
        (this.sourcePayload, this.target, this.targetPayload) = (sourcePayload, target, targetPayload);
        int slots = target.InMemory ? 0 : copy.Target.FlatTypes.Length - 1;
        Type = slots == 0 ? CoreFuncType.Empty : TypeOf(target.Slots.Slice(target.First + 1, slots));
    }

    private static readonly CoreFuncType OneI32 = new([], [CoreValType.I32]), OneI64 = new([], [CoreValType.I64]);

    private static CoreFuncType TypeOf(ReadOnlySpan<CoreValType> slots) => slots switch
    {
        [CoreValType.I32] => OneI32,
        [CoreValType.I64] => OneI64,
        _ => new([], EquatableArray.Create(slots)),
    };

    public FuncBuilder Code => s.Code;

    public Copy.Cases Copy { get; }

    public LocalId Discriminant { get; }

    /// <summary>What each arm leaves on the operand stack: the slots of the payload.</summary>
    public CoreFuncType Type { get; }

    /// <summary>Whether an arm writes nothing at all.</summary>
    public bool IsEmpty(int arm) => VariantArms.IsEmpty(Copy, arm, target.InMemory);

    /// <summary>The range of cases of the only arm that writes anything.</summary>
    public (int Arm, int First, int Last)? OneRange() => VariantArms.OneRange(Copy, target.InMemory);

    public void Write(int arm)
    {
        int written = 1;
        if (Copy.Arms[arm].Payload is { } payload)
        {
            s.Enter(Copy, arm);
            Copies.Write(s, payload, sourcePayload, targetPayload);
            s.Leave();
            written += payload.Target.FlatTypes.Length;
        }
        if (target.InMemory)
            return;
        for (int i = written; i < Copy.Target.FlatTypes.Length; i++)
            Operand.Zero(s, target.Slots[target.First + i]);
    }
}
