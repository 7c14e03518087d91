namespace Connectors.Databricks.Emulator;

/// <summary>The formats of an error in a stream whose status is already 200.</summary>
public enum StreamErrorShape
{
    /// <summary><c>{"error":{"message","type","code"}}</c></summary>
    OpenAI,

    /// <summary><c>{"error":"text"}</c></summary>
    Text,

    /// <summary><c>{"error_code","message"}</c></summary>
    Databricks,

    /// <summary><c>{"type":"error","code","message","param","sequence_number"}</c></summary>
    Responses,

    /// <summary><c>event: error</c> with <c>{"type":"error","error":{"type","message"}}</c></summary>
    Anthropic,

    /// <summary><c>{"error":"text","external_model_message":{"error_code","message"}}</c></summary>
    ExternalModel,
}
