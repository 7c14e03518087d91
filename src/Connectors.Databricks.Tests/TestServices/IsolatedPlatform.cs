using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// A platform with real HTTP and no environment: tests must not see the Databricks credentials of the developer who runs them.
/// </summary>
internal sealed class IsolatedPlatform(TimeProvider clock) : IPlatform
{
    private readonly SystemPlatform _platform = new(clock);
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public TimeProvider Clock => clock;

    /// <summary>What every random number is.</summary>
    public double Chance { get; init; }

    public bool IsWindows => _platform.IsWindows;

    public string HomeFolder => string.Empty;

    public IsolatedPlatform With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public string? Variable(string name) => _variables.GetValueOrDefault(name);

    public long? FileSize(string path) => null;

    public string ReadFile(string path) => throw new FileNotFoundException(path);

    public Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"The isolated platform has no program '{call.Path}'.");

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _platform.SendAsync(request, cancellationToken);

    public double NextRandom() => Chance;
}
