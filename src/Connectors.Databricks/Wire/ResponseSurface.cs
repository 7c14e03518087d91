namespace Connectors.Databricks.Wire;

/// <summary>The kind of a response, which determines its size limit.</summary>
internal enum ResponseSurface
{
    /// <summary>Predictions and embeddings, whose size depends on the input.</summary>
    Data,

    /// <summary>Chat and completions.</summary>
    Chat,

    /// <summary>The management API.</summary>
    Management,
}
