namespace Connectors.Databricks.Chat.Requests;

/// <summary>The APIs of chat, by path.</summary>
internal enum ChatApi
{
    /// <summary>Chat completions.</summary>
    ChatCompletions,

    /// <summary>The Responses API: on Unity Gateway of every model, on serving endpoints of OpenAI models and agents.</summary>
    Responses,

    /// <summary>The Responses API of serving endpoints that translates for every model.</summary>
    OpenResponses,

    /// <summary>The same on Unity Gateway, for the name of a serving endpoint.</summary>
    UnifiedResponses,

    /// <summary>The Responses API of OpenAI itself on Unity Gateway.</summary>
    OpenAIResponses,

    /// <summary>The Responses API at the own path of an agent.</summary>
    InvocationsResponses,
}
