using System.Collections.Generic;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential.Model;

/// <summary>What the reference runtime does where it knowingly or unknowingly differs. Every difference is in the table of <c>docs/conformance.md</c>.</summary>
/// <param name="isAsync">Whether calls are asynchronous on one side: then the post-return function is called by the host, which does as the specification says.</param>
internal sealed class ReferenceDialect(bool isAsync) : Dialect
{
    /// <summary>The rules that made a difference so far.</summary>
    public HashSet<string> Departures { get; } = [];

    public override ulong MaxByteLength => int.MaxValue;

    public override ulong ShrunkLatin1Alignment => Depart("latin1-alignment") ? 2u : 1u;

    public override bool LeavesInPostReturn => !isAsync && Depart("post-return-leaves");

    public override bool TellsEndsThatAreDone => Depart("done-ends-told");

    public override bool ForgetsCopiesThatAreDone => Depart("done-copies-forgotten");

    public override bool StackfulCallsWait => Depart("stackful-calls-wait");

    public override bool CancelsTwice => Depart("cancelled-twice");

    public override bool LosesCallersOfCancellation => Depart("cancellation-loses-callers");

    public override bool DropsLentBorrows => Depart("lent-borrows-dropped");

    public override bool EndsLendsWithCalls => Depart("lends-end-untold");

    public override bool ChecksBorrowsBeforeResults => Depart("borrows-before-results");

    public override bool CancelsAfterEvents => Depart("cancelled-after-event");

    public override bool DelaysPendingCancels => Depart("cancelled-in-turn");

    public override bool CancelsReturnedTasks => Depart("returned-cancelled");

    public override void WroteLatin1(MemInst memory, StringEncoding from, ulong at, ulong left, bool ascii)
    {
        if (from == StringEncoding.Utf8 && left > 0 && !ascii && Depart("bytes-behind-latin1"))
            ((BlurredMemory)memory).Blur(at, left);
    }

    private bool Depart(string rule)
    {
        Departures.Add(rule);
        return true;
    }
}
