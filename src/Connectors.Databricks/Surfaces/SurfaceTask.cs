namespace Connectors.Databricks.Surfaces;

/// <summary>The task of a request, which has its own path on Unity Gateway.</summary>
internal enum SurfaceTask
{
    /// <summary>Chat completions.</summary>
    Chat,

    /// <summary>The Responses API.</summary>
    Responses,

    /// <summary>The Responses API, translated for models of every family; on Unity Gateway the same as <see cref="Responses"/>.</summary>
    OpenResponses,

    /// <summary>Embeddings.</summary>
    Embeddings,
}
