namespace Connectors.Databricks.Surfaces;

/// <summary>What is asked of a name, which has a path of its own on Unity Gateway.</summary>
internal enum SurfaceTask
{
    /// <summary>Chat completions.</summary>
    Chat,

    /// <summary>The Responses API.</summary>
    Responses,

    /// <summary>Embeddings.</summary>
    Embeddings,
}
