using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>Writes the events of one stream into the buffer of the response; sending is left to the caller.</summary>
internal interface IReplyStream
{
    void Write(ChatResponseUpdate update);

    /// <summary>Writes what is known only at the end: finish reason, usage and the end marker.</summary>
    void End();

    /// <summary>Writes the event of a failure; nothing follows it.</summary>
    void Fail(RequestError error);
}
