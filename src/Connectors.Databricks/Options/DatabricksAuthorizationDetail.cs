namespace Connectors.Databricks;

/// <summary>A permission that an OAuth token is limited to (RFC 9396), such as querying one route-optimized endpoint.</summary>
public sealed class DatabricksAuthorizationDetail
{
    /// <summary>Gets or sets the kind of permission (<c>type</c>).</summary>
    /// <value>Default: <c>workspace_permission</c>, the only one that Databricks documents.</value>
    public string Type { get; set; } = "workspace_permission";

    /// <summary>Gets or sets the kind of object (<c>object_type</c>), such as <c>serving-endpoints</c>.</summary>
    /// <value>Default: <see langword="null"/>, not sent.</value>
    public string? ObjectType { get; set; }

    /// <summary>
    /// Gets or sets the object (<c>object_path</c>), such as <c>/serving-endpoints/{id}</c>; the id of the endpoint, not its name.
    /// </summary>
    /// <value>Default: <see langword="null"/>, not sent.</value>
    public string? ObjectPath { get; set; }

    /// <summary>Gets or sets what the token may be used for (<c>actions</c>).</summary>
    /// <value>Default: empty, not sent.</value>
    public IList<string> Actions { get; set; } = [];

    /// <summary>Creates the permission to query a serving endpoint.</summary>
    /// <param name="endpointId">
    /// The id of the endpoint (<c>ServingEndpoint.Id</c>), which is also the first label of its route-optimized host.
    /// </param>
    /// <returns>A detail with the action <c>query_inference_endpoint</c>.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="endpointId"/> is empty, or has characters other than letters, digits and hyphens.
    /// </exception>
    public static DatabricksAuthorizationDetail ForEndpointQuery(string endpointId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(endpointId);
        if (!endpointId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException(
                $"'{endpointId}' is not the id of an endpoint. Use ServingEndpoint.Id, not the name.", nameof(endpointId));
        }

        return new DatabricksAuthorizationDetail
        {
            ObjectType = "serving-endpoints",
            ObjectPath = $"/serving-endpoints/{endpointId}",
            Actions = ["query_inference_endpoint"],
        };
    }

    internal DatabricksAuthorizationDetail Copy() => new()
    {
        Type = Type,
        ObjectType = ObjectType,
        ObjectPath = ObjectPath,
        Actions = [.. Actions ?? []],
    };
}
