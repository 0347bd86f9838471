using System.Globalization;
using System.Threading;
using Fact.Ir;

namespace Fact.Lower;

/// <summary>
/// How much code adapters may have that belong together, those of one component say, in whatever modules. The code of a type is written once for every memory,
/// allocator and encoding that it is used with, so little input could ask for much code; the budget is linear in the number of adapters. Several threads may
/// spend from one budget: whether it is enough does not depend on who is first.
/// </summary>
internal sealed class CodeBudget
{
    private readonly int adapters;
    private readonly long most;
    private readonly CancellationToken cancellation;
    private long left;

    /// <summary>The budget of so many adapters.</summary>
    /// <param name="adapters">How many they are, in all modules together.</param>
    /// <param name="cancellationToken">Stops lowering between functions.</param>
    public CodeBudget(int adapters, CancellationToken cancellationToken = default)
        : this(adapters, InputLimits.Code + ((long)InputLimits.CodePerAdapter * adapters), cancellationToken)
    {
    }

    internal CodeBudget(int adapters, long most, CancellationToken cancellation)
    {
        (this.adapters, this.most, this.cancellation) = (adapters, most, cancellation);
        left = most;
    }

    /// <summary>Whether more was asked for than there is. Then there is no module, and this error is the only one.</summary>
    public bool IsSpent => Left < 0;

    internal long Left => Volatile.Read(ref left);

    /// <summary>What is wrong where it is spent.</summary>
    public Diagnostic Error => new(DiagnosticCode.TooLarge, string.Create(
        CultureInfo.InvariantCulture,
        $"the code of all adapters together would have more than {most} instructions, the limit for {adapters} adapters: large types are used with "
            + $"many different memories, allocators or encodings; let instances share them, or make the types smaller"));

    /// <summary>Takes instructions off the budget; what is laid out or compared of types counts too.</summary>
    /// <returns>Whether there were so many left.</returns>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    internal bool Spend(long instructions)
    {
        cancellation.ThrowIfCancellationRequested();
        return Interlocked.Add(ref left, -instructions) >= 0;
    }
}
