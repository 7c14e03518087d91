namespace Connectors.Databricks.Models.Schemas;

/// <summary>The part of a request that a schema belongs to: hosts restrict the root of tool parameters further.</summary>
internal enum SchemaUse
{
    /// <summary>The schema of a response format.</summary>
    Format,

    /// <summary>The parameters of a tool.</summary>
    Parameters,
}
