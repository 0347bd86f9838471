using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Fact.Model.Laws;

/// <summary>A test that takes its randomness from <see cref="Fuzz"/> itself, and says where it fails how to see that again.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Fact.Model.Laws." + nameof(SeededFactDiscoverer), "Model")]
public class SeededFactAttribute : FactAttribute;

/// <summary>Finds what <see cref="SeededFactAttribute"/> marks.</summary>
public sealed class SeededFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new SeededTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>A test that says where it fails how to try the same again.</summary>
public sealed class SeededTestCase : XunitTestCase
{
    /// <summary>For the deserializer.</summary>
    [Obsolete("Called by the deserializer")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public SeededTestCase()
    {
    }

    internal SeededTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    /// <inheritdoc/>
    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        base.RunAsync(diagnosticMessageSink, new AgainBus(messageBus), constructorArguments, aggregator, cancellationTokenSource);
}
