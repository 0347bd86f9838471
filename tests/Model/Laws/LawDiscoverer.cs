using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Threading;
using System.Threading.Tasks;
using FsCheck.Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Fact.Model.Laws;

/// <summary>Finds what <see cref="LawAttribute"/> marks.</summary>
public sealed class LawDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new LawTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>A law; where it fails, it says how to try the same again.</summary>
public sealed class LawTestCase : PropertyTestCase
{
    /// <summary>For the deserializer.</summary>
    [Obsolete("Called by the deserializer")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LawTestCase()
    {
    }

    internal LawTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method, null)
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
