using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>What somebody may do with an endpoint; each level holds those before it.</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<EndpointPermissionLevel>))]
public readonly record struct EndpointPermissionLevel(string Value) : IOpenText<EndpointPermissionLevel>
{
    /// <summary>See it.</summary>
    public static EndpointPermissionLevel CanView { get; } = new("CAN_VIEW");

    /// <summary>Call it.</summary>
    public static EndpointPermissionLevel CanQuery { get; } = new("CAN_QUERY");

    /// <summary>Change it, delete it, and say who may.</summary>
    public static EndpointPermissionLevel CanManage { get; } = new("CAN_MANAGE");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static EndpointPermissionLevel IOpenText<EndpointPermissionLevel>.From(string value) => new(value);
}
