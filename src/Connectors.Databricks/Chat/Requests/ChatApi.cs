namespace Connectors.Databricks.Chat.Requests;

/// <summary>The APIs of chat.</summary>
internal enum ChatApi
{
    /// <summary>Chat completions.</summary>
    ChatCompletions,

    /// <summary>The Responses API: on Unity Gateway of every model, on serving endpoints of OpenAI models and agents.</summary>
    Responses,

    /// <summary>The Responses API of serving endpoints that translates for every model.</summary>
    OpenResponses,
}
