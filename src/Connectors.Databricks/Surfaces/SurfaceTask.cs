namespace Connectors.Databricks.Surfaces;

/// <summary>The task of a request, which has its own path.</summary>
internal enum SurfaceTask
{
    /// <summary>Chat completions.</summary>
    Chat,

    /// <summary>The Responses API: on Unity Gateway of every model, on serving endpoints of OpenAI models and agents.</summary>
    Responses,

    /// <summary>The Responses API that translates for models of every family; always on serving endpoints.</summary>
    OpenResponses,

    /// <summary>The same on Unity Gateway, for the name of a serving endpoint.</summary>
    UnifiedResponses,

    /// <summary>The Responses API of OpenAI itself, always on Unity Gateway.</summary>
    OpenAIResponses,

    /// <summary>The Responses API at the own path of a serving endpoint, whose task decides the format.</summary>
    InvocationsResponses,

    /// <summary>Embeddings.</summary>
    Embeddings,
}
