using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Runtime.Transcode;

namespace Fact.Lower.Select;

/// <summary>A routine for strings between the memories of two sides; between those of one side where it works in place.</summary>
internal sealed class TranscodeHelper(FuncId id, StringRoutine routine, Side source, Side target) : Helper(id)
{
    public override SymbolicFunc Write(Scope s) => StringRoutines.Write(
        s.Code,
        Id,
        routine,
        source.Memory!,
        target.Memory!,
        s.Options.Simd,
        (other, inDestination) => s.Helpers.Transcoder(other, inDestination ? target : source, target).Call(null));
}
