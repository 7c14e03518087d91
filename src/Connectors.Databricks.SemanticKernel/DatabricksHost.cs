namespace Connectors.Databricks.SemanticKernel;

/// <summary>
/// The address of a workspace. A <see cref="string"/> and a <see cref="Uri"/> convert to it, so that a method that takes one accepts both.
/// </summary>
public readonly struct DatabricksHost : IEquatable<DatabricksHost>
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksHost"/> struct with the URL of a workspace.</summary>
    /// <param name="address">The address, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    public DatabricksHost(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
    }

    /// <summary>Initializes a new instance of the <see cref="DatabricksHost"/> struct with the URL of a workspace as text.</summary>
    /// <param name="address">The address; without a scheme it is <c>https</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> is empty.</exception>
    public DatabricksHost(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        Address = new Uri(address.Trim(), UriKind.RelativeOrAbsolute);
    }

    /// <summary>Gets the address as it was given.</summary>
    /// <value><see langword="null"/> for a default structure.</value>
    public Uri? Address { get; }

    /// <summary>Converts the address of a workspace. The conversion never throws; methods that take a host validate it.</summary>
    /// <param name="address">The address.</param>
    public static implicit operator DatabricksHost(Uri? address) => address is null ? default : new(address);

    /// <summary>Converts the address of a workspace. The conversion never throws; methods that take a host validate it.</summary>
    /// <param name="address">The address; without a scheme it is <c>https</c>.</param>
    public static implicit operator DatabricksHost(string? address) =>
        Uri.TryCreate(address?.Trim(), UriKind.RelativeOrAbsolute, out var uri) && uri.OriginalString.Length > 0 ? new(uri) : default;

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other address.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(DatabricksHost left, DatabricksHost right) => left.Equals(right);

    /// <summary>Compares two addresses.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other address.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DatabricksHost left, DatabricksHost right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DatabricksHost other) => Address == other.Address;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DatabricksHost other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Address?.GetHashCode() ?? 0;

    /// <inheritdoc/>
    public override string ToString() => Address?.ToString() ?? string.Empty;
}
