using System.Diagnostics;

namespace Connectors.Databricks.Management;

/// <summary>
/// A secret of an external model: a reference to a workspace secret, which is recommended, or plaintext, which the service stores and never
/// returns. <see cref="ToString"/> and the debugger do not show the plaintext.
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

    /// <summary>Gets the reference, <c>{{secrets/scope/key}}</c>; <see langword="null"/> when the secret was set as plaintext.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Reference { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Plaintext => _plaintext;

    /// <summary>Creates a reference to a secret of the workspace.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="key">The key within the scope.</param>
    /// <returns>The reference <c>{{secrets/scope/key}}</c>.</returns>
    public static EndpointSecret FromScope(string scope, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new EndpointSecret($"{{{{secrets/{scope}/{key}}}}}", plaintext: null);
    }

    /// <summary>Creates a secret from plaintext.</summary>
    /// <param name="secret">The plaintext.</param>
    /// <returns>A secret that the service does not return, so it must be set again with each update of the configuration.</returns>
    public static EndpointSecret FromPlaintext(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        return new EndpointSecret(reference: null, secret);
    }

    /// <summary>Returns the reference, or a mask for plaintext.</summary>
    /// <returns>Text without the secret.</returns>
    public override string ToString() => Reference ?? "(secret)";

    /// <inheritdoc/>
    public bool Equals(EndpointSecret? other) => other is not null && Reference == other.Reference && _plaintext == other._plaintext;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EndpointSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reference, _plaintext);

    // Only a reference is read: a mask would be sent back as the secret.
    internal static EndpointSecret? FromWire(string? reference) =>
        reference?.StartsWith("{{", StringComparison.Ordinal) == true ? new(reference, plaintext: null) : null;
}
