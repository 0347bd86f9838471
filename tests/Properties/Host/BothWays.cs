using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Runs components whose modules are merged, and with each module compiled and instantiated by itself.</summary>
internal static class BothWays
{
    /// <summary>Nothing that can be seen is different.</summary>
    /// <param name="component">The component. It may import a function <c>log</c>, for a string or a number.</param>
    /// <param name="function">A function that is called; empty for none.</param>
    /// <param name="logged">What the component logs, with a space between.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="times">How often the function is called.</param>
    /// <returns>What came of each call, a line for each; or of the instantiation.</returns>
    public static string Same(string component, string function, string logged, HostOptions? options = null, int times = 1)
    {
        options ??= new HostOptions();
        var merged = Run(component, function, options, times);
        var apart = Run(component, function, options with { MergeModules = false }, times);

        Assert.Equal(apart, merged);
        Assert.Equal(logged, apart.Logged);
        return apart.Outcome;
    }

    private static (string Logged, string Outcome) Run(string component, string function, HostOptions options, int times)
    {
        var log = new List<string>();
        var imports = HostImports.None.WithFunction("log", arguments =>
        {
            log.Add(arguments[0] is ComponentValue.String(var text) ? text : arguments[0].ToString());
            return null;
        });
        using var host = HostRun.Open(component, options);
        string outcome = host.Instantiate(imports).Match(
            Right: instance =>
            {
                using (instance)
                    return function.Length == 0 ? "instantiated" : string.Join('\n', Enumerable.Range(0, times).Select(_ => Call(instance, function)));
            },
            Left: failure => failure.ToString());
        return (string.Join(' ', log), outcome);
    }

    private static string Call(ComponentInstance instance, string function) => instance.Invoke(function).Match(value => value.ToString(), failure => failure.ToString());
}
