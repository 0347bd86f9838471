namespace Fact.Properties.Host;

// What is tested of handles with the runtime module holds as well where the host keeps them.

/// <summary><see cref="HostResourceTests"/>, with handles in the host.</summary>
public sealed class HostResourceTestsWithHandlesInHost : HostResourceTests
{
    public HostResourceTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="LifetimeTests"/>, with handles in the host.</summary>
public sealed class LifetimeTestsWithHandlesInHost : LifetimeTests
{
    public LifetimeTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="ArgumentHandleTests"/>, with handles in the host.</summary>
public sealed class ArgumentHandleTestsWithHandlesInHost : ArgumentHandleTests
{
    public ArgumentHandleTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="CallbackTests"/>, with handles in the host.</summary>
public sealed class CallbackTestsWithHandlesInHost : CallbackTests
{
    public CallbackTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="ReentranceTests"/>, with handles in the host.</summary>
public sealed class ReentranceTestsWithHandlesInHost : ReentranceTests
{
    public ReentranceTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="LimitTests"/>, with handles in the host.</summary>
public sealed class LimitTestsWithHandlesInHost : LimitTests
{
    public LimitTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="SelfCallTests"/>, with handles in the host.</summary>
public sealed class SelfCallTestsWithHandlesInHost : SelfCallTests
{
    public SelfCallTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}

/// <summary><see cref="HostTests"/>, with handles in the host.</summary>
public sealed class HostTestsWithHandlesInHost : HostTests
{
    public HostTestsWithHandlesInHost() => HostRun.KeepHandlesInHost();
}
