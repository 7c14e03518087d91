namespace Connectors.Databricks.Diagnostics;

/// <summary>Ids of experimental APIs, which docs/experimental.md lists. An id is never reused.</summary>
internal static class ExperimentalIds
{
    /// <summary>The JSON format of model records.</summary>
    public const string ModelRecordsJson = "DBXEXP001";

    /// <summary>Inputs of agents on Model Serving, which Databricks calls legacy.</summary>
    public const string ServingAgents = "DBXEXP002";
}
