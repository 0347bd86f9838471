namespace Fact.Properties.Host;

// What is tested of components whose modules are merged holds as well where each is compiled and instantiated by itself.

/// <summary><see cref="HostTests"/>, with modules apart.</summary>
public sealed class HostTestsWithModulesApart : HostTests
{
    public HostTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="CallbackTests"/>, with modules apart.</summary>
public sealed class CallbackTestsWithModulesApart : CallbackTests
{
    public CallbackTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="ReentranceTests"/>, with modules apart.</summary>
public sealed class ReentranceTestsWithModulesApart : ReentranceTests
{
    public ReentranceTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="LimitTests"/>, with modules apart.</summary>
public sealed class LimitTestsWithModulesApart : LimitTests
{
    public LimitTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="SelfCallTests"/>, with modules apart.</summary>
public sealed class SelfCallTestsWithModulesApart : SelfCallTests
{
    public SelfCallTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="LifetimeTests"/>, with modules apart.</summary>
public sealed class LifetimeTestsWithModulesApart : LifetimeTests
{
    public LifetimeTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="HostResourceTests"/>, with modules apart.</summary>
public sealed class HostResourceTestsWithModulesApart : HostResourceTests
{
    public HostResourceTestsWithModulesApart() => HostRun.KeepModulesApart();
}

/// <summary><see cref="ArgumentHandleTests"/>, with modules apart.</summary>
public sealed class ArgumentHandleTestsWithModulesApart : ArgumentHandleTests
{
    public ArgumentHandleTestsWithModulesApart() => HostRun.KeepModulesApart();
}
