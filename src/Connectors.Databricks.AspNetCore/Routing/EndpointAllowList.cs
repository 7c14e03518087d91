using System.Buffers;
using Connectors.Databricks.AspNetCore.Errors;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>The endpoints that clients may use. Names are compared exactly, and one that is not a name never reaches a URL.</summary>
internal sealed class EndpointAllowList(IEnumerable<string> names, bool allowsAny)
{
    private const int MaxNameLength = 255;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly HashSet<string> _names = new(names, StringComparer.Ordinal);

    public bool AllowsAny { get; } = allowsAny;

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The endpoint of requests that have no name; null when there are several.</summary>
    public string? Only => !AllowsAny && _names.Count == 1 ? _names.First() : null;

    /// <summary>Names of serving endpoints have no dot; those of model services do.</summary>
    public static bool IsModelService(string name) => name.Contains('.', StringComparison.Ordinal);

    public bool Includes(string name) => AllowsAny || _names.Contains(name);

    /// <exception cref="RejectedRequestException">The name is not in the allow-list, or cannot be a name.</exception>
    public string Require(string name) =>
        _names.Contains(name) || (AllowsAny && IsName(name)) ? name : throw InvalidRequests.ModelNotFound();

    private static bool IsName(string name) =>
        name.Length <= MaxNameLength && !name.AsSpan().ContainsAnyExcept(NameCharacters) && name.AsSpan().ContainsAnyExcept('.');
}
