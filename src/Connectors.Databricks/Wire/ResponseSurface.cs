namespace Connectors.Databricks.Wire;

/// <summary>What kind of answer a document is, for its size limit.</summary>
internal enum ResponseSurface
{
    /// <summary>Predictions and embeddings, whose size is that of the caller's data.</summary>
    Data,

    /// <summary>Chat and completions.</summary>
    Chat,

    /// <summary>The management API.</summary>
    Management,
}
