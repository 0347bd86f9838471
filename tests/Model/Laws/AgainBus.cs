using System.Linq;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Fact.Model.Laws;

/// <summary>Passes on what tests report, and adds to failures the command that shows them again.</summary>
internal sealed class AgainBus(IMessageBus inner) : IMessageBus
{
    public bool QueueMessage(IMessageSinkMessage message) => inner.QueueMessage(message is ITestFailed failed ? WithCommand(failed) : message);

    public void Dispose() => inner.Dispose();

    private static TestFailed WithCommand(ITestFailed failed)
    {
        var method = failed.TestMethod.Method.ToRuntimeMethod();
        var type = method.ReflectedType!;
        bool countable = method.GetCustomAttributes(typeof(LawAttribute), false).Length > 0;
        int? cases = countable ? method.GetCustomAttributes(false).OfType<LawAttribute>().Single().MaxTest : Fuzz.Cases;
        string again = Fuzz.Again(type.Assembly.GetName().Name!, $"{type.FullName}.{method.Name}", cases);
        return new(
            failed.Test,
            failed.ExecutionTime,
            failed.Output,
            failed.ExceptionTypes,
            [$"{again}\n{failed.Messages.FirstOrDefault()}", .. failed.Messages.Skip(1)],
            failed.StackTraces,
            failed.ExceptionParentIndices);
    }
}
