using System.Text.Json;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Words that stand in every request, in the wire's bytes: the writer need not look for characters to escape in them.</summary>
internal static class ChatFields
{
    public static readonly JsonEncodedText Model = JsonEncodedText.Encode("model");
    public static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");
    public static readonly JsonEncodedText Role = JsonEncodedText.Encode("role");
    public static readonly JsonEncodedText User = JsonEncodedText.Encode("user");
    public static readonly JsonEncodedText Content = JsonEncodedText.Encode("content");
    public static readonly JsonEncodedText Stream = JsonEncodedText.Encode("stream");
    public static readonly JsonEncodedText StreamOptions = JsonEncodedText.Encode("stream_options");
    public static readonly JsonEncodedText IncludeUsage = JsonEncodedText.Encode("include_usage");
}
