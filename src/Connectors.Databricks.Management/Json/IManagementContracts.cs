namespace Connectors.Databricks.Management.Json;

/// <summary>Marks the JSON contracts with which this package writes requests.</summary>
internal interface IManagementContracts;
