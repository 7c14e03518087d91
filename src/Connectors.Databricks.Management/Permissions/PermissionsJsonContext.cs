using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.Permissions;

/// <summary>The contracts of the documents of permissions, for reading and writing without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = false,
    Converters = [typeof(TolerantBooleanConverter), typeof(TolerantInt32Converter), typeof(TolerantStringConverter)])]
[JsonSerializable(typeof(EndpointPermissions))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(PermissionLevelList))]
internal sealed partial class PermissionsJsonContext : JsonSerializerContext;

internal sealed record GrantList(IReadOnlyList<EndpointGrant> AccessControlList);

internal sealed record PermissionLevelList(IReadOnlyList<EndpointPermissionDescription>? PermissionLevels);
