using Connectors.Databricks.Authentication.Outside;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// A machine with real HTTP and nothing else: whoever runs the tests may be logged in to Databricks, and no test may find out.
/// </summary>
internal sealed class BareMachine(TimeProvider clock) : ISurroundings
{
    private readonly Machine _machine = new(clock);
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public TimeProvider Clock => clock;

    /// <summary>What every random number is.</summary>
    public double Chance { get; init; }

    public bool IsWindows => _machine.IsWindows;

    public string HomeFolder => string.Empty;

    public BareMachine With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public string? Variable(string name) => _variables.GetValueOrDefault(name);

    public long? FileSize(string path) => null;

    public string ReadFile(string path) => throw new FileNotFoundException(path);

    public Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"A bare machine has no '{call.Path}'.");

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _machine.SendAsync(request, cancellationToken);

    public double NextRandom() => Chance;
}
