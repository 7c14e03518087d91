using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.Permissions;

/// <summary>Source-generated JSON contracts of permission documents.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = false,
    Converters = [typeof(TolerantBooleanConverter), typeof(TolerantInt32Converter), typeof(TolerantStringConverter)])]
[JsonSerializable(typeof(EndpointPermissions))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(PermissionLevelList))]
[JsonSerializable(typeof(EndpointAccess))]
[JsonSerializable(typeof(EndpointPermissionDescription))]
internal sealed partial class PermissionsJsonContext : JsonSerializerContext;

internal sealed record GrantList(IReadOnlyList<EndpointGrant> AccessControlList);

internal sealed record PermissionLevelList(
    [property: JsonConverter(typeof(PermissionLevelListConverter))] IReadOnlyList<EndpointPermissionDescription>? PermissionLevels);
