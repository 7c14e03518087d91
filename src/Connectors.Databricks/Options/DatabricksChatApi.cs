namespace Connectors.Databricks;

/// <summary>The API that a chat client uses.</summary>
public enum DatabricksChatApi
{
    /// <summary>
    /// The Responses API where the model or the agent requires it, otherwise chat completions. What an endpoint rejects is called with the
    /// other API, which is stored for an hour.
    /// </summary>
    Auto,

    /// <summary>Chat completions.</summary>
    ChatCompletions,

    /// <summary>The Responses API.</summary>
    Responses,
}
