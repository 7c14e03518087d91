namespace Connectors.Databricks.Emulator;

/// <summary>How a chat endpoint writes its answers: one value per model family behind Databricks Model Serving.</summary>
public enum EmulatedDialect
{
    /// <summary>GPT endpoints: role first, tool arguments in fragments, usage only when asked for.</summary>
    OpenAI,

    /// <summary>Llama endpoints: the role and cumulative usage on every chunk, whole tool arguments.</summary>
    Llama,

    /// <summary>Claude endpoints: null usage members on early chunks, reasoning as content parts with a signature.</summary>
    Claude,

    /// <summary>gpt-oss endpoints: content is always an array of reasoning and text parts.</summary>
    GptOss,

    /// <summary>Gemini endpoints: usage on the final chunk, whole tool arguments, refuses <c>stream_options</c>.</summary>
    Gemini,

    /// <summary>Kimi endpoints: streamed tool calls carry no index, streams carry no finish reason.</summary>
    Kimi,

    /// <summary>Inkling endpoints: reasoning in a sibling <c>reasoning_content</c>, streams carry no finish reason.</summary>
    Inkling,
}
