namespace Connectors.Databricks.Management.Json;

/// <summary>Marks the JSON contracts that this package writes requests with.</summary>
internal interface IManagementContracts;
