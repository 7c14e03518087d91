using System.Diagnostics;

namespace Connectors.Databricks.Management;

/// <summary>
/// A secret of an external model: a reference to a secret of the workspace, which is the better way, or the text itself, which the
/// service keeps and never returns. <see cref="ToString"/> and the debugger do not show it.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class EndpointSecret : IEquatable<EndpointSecret>
{
    private readonly string? _plaintext;

    private EndpointSecret(string? reference, string? plaintext)
    {
        Reference = reference;
        _plaintext = plaintext;
    }

    /// <summary>Gets the reference, <c>{{secrets/scope/key}}</c>; <see langword="null"/> when the secret was given as plaintext.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Reference { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Plaintext => _plaintext;

    /// <summary>A secret of a scope of the workspace.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="key">The key within it.</param>
    /// <returns>The reference <c>{{secrets/scope/key}}</c>.</returns>
    public static EndpointSecret FromScope(string scope, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new EndpointSecret($"{{{{secrets/{scope}/{key}}}}}", plaintext: null);
    }

    /// <summary>The secret itself.</summary>
    /// <param name="secret">The text.</param>
    /// <returns>A secret that goes over the wire once, and must be given again with each update of the configuration.</returns>
    public static EndpointSecret FromPlaintext(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        return new EndpointSecret(reference: null, secret);
    }

    /// <summary>The reference, or that there is a secret.</summary>
    /// <returns>Never the secret itself.</returns>
    public override string ToString() => Reference ?? "(secret)";

    /// <inheritdoc/>
    public bool Equals(EndpointSecret? other) => other is not null && Reference == other.Reference && _plaintext == other._plaintext;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EndpointSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reference, _plaintext);

    // Only what can be sent again counts: a mask in its place would replace the secret by stars.
    internal static EndpointSecret? FromWire(string? reference) =>
        reference?.StartsWith("{{", StringComparison.Ordinal) == true ? new(reference, plaintext: null) : null;
}
