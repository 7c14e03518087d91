using System.Collections.Concurrent;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Keeps the values of a metric tag within a bound: each distinct one makes a time series, and names may come from users. The first ones
/// are kept; every later one is <c>_OTHER</c>.
/// </summary>
internal sealed class BoundedNames(int capacity)
{
    /// <summary>OpenTelemetry's word for a value that is not in the set.</summary>
    public const string Other = "_OTHER";

    private const int LongestName = 255;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Get(string name) =>
        _names.TryGetValue(name, out var known) ? known
        : _names.Count < capacity && IsName(name) ? _names.GetOrAdd(name, name)
        : Other;

    private static bool IsName(string name) =>
        name.Length <= LongestName && SingleLineText.Of(name) == name && Redaction.OfNone.Redact(name) == name;
}
