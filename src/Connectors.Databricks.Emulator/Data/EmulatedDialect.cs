namespace Connectors.Databricks.Emulator;

/// <summary>The response format of a chat endpoint: one value per model family.</summary>
public enum EmulatedDialect
{
    /// <summary>GPT endpoints: role first, tool arguments in fragments, usage only on request.</summary>
    OpenAI,

    /// <summary>Llama endpoints: the role and cumulative usage on every chunk, whole tool arguments.</summary>
    Llama,

    /// <summary>Claude endpoints: null usage members on early chunks, reasoning as content parts with a signature.</summary>
    Claude,

    /// <summary>gpt-oss endpoints: content is always an array of reasoning and text parts.</summary>
    GptOss,

    /// <summary>Gemini endpoints: usage on the final chunk, whole tool arguments, no <c>stream_options</c>.</summary>
    Gemini,

    /// <summary>Kimi endpoints: streamed tool calls carry no index, streams carry no finish reason.</summary>
    Kimi,

    /// <summary>Inkling endpoints: reasoning in <c>reasoning_content</c>, streams carry no finish reason.</summary>
    Inkling,

    /// <summary>Qwen endpoints: content is an array; on the Responses API, reasoning is an item of type <c>message</c>.</summary>
    Qwen,
}
