using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.Permissions;

/// <summary>Reads <c>permission_levels</c>.</summary>
internal sealed class PermissionLevelListConverter() : DocumentListConverter<EndpointPermissionDescription>("permission_levels");

/// <summary>Reads <c>access_control_list</c> of a response.</summary>
internal sealed class AccessListConverter() : DocumentListConverter<EndpointAccess>("access_control_list");
